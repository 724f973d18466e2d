// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import * as client from '@invigil/client';

const CLIENT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENTS = ['README.md', '../docs/client/guide.md'];

function snippets(document: string): { language: string; code: string; line: number }[] {
  const text = readFileSync(join(CLIENT, document), 'utf8');
  return [...text.matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)].map((found) => ({
    language: found[1] as string,
    code: found[2] as string,
    line: text.slice(0, found.index).split('\n').length,
  }));
}

describe('documentation', () => {
  // Inside the folder, so that snippets find what it has installed.
  const folder = mkdtempSync(join(CLIENT, 'test/snippets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('should compile, every snippet of it', { timeout: 120_000 }, () => {
    let count = 0;
    for (const document of DOCUMENTS) {
      for (const { language, code, line } of snippets(document)) {
        writeFileSync(join(folder, `${document.replaceAll(/[^a-z]/gi, '_')}_line_${line}.${language}`), `${code}\nexport {};\n`);
        count++;
      }
    }
    expect(count).toBeGreaterThan(15);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      extends: join(CLIENT, 'tsconfig.json'),
      compilerOptions: { noEmit: true, types: [], paths: { '@invigil/client': [join(CLIENT, 'src/index.ts')], '@invigil/client/api': [join(CLIENT, 'src/api/index.ts')] } },
      include: ['.'],
      exclude: [],
    }));
    let faults = '';
    try {
      execFileSync(process.execPath, [join(CLIENT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    } catch (error) {
      faults = (error as { stdout: string }).stdout;
    }
    expect(faults).toBe('');
  });

  it('should show every hook', () => {
    const guide = readFileSync(join(CLIENT, '../docs/client/guide.md'), 'utf8');
    const hooks = Object.keys(client).filter((name) => name.startsWith('use') && name !== 'useApiClient');
    expect(hooks.filter((hook) => !guide.includes(`${hook}(`))).toEqual([]);
  });

  it('should be generated from the documents that the service has now', () => {
    execFileSync(process.execPath, [join(CLIENT, 'scripts/generate-types.mjs'), '--check'], { cwd: CLIENT });
  });
});
