// Lists what building, testing and the pages are made of: name, version, licence, where its source is. Fails on a licence that
// is not known to be fine, and on a package that its lockfile does not name by its hash.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const client = new URL('../', import.meta.url);
const KNOWN = new Set([
  'MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MPL-2.0', 'CC0-1.0', 'CC-BY-4.0', 'BlueOak-1.0.0', 'Python-2.0', 'MIT-0',
  '(MIT OR CC0-1.0)', 'Unlicense',
]);

const read = (path) => JSON.parse(readFileSync(new URL(path, client), 'utf8'));
const bundled = new Set(
  existsSync(new URL('pages-dist/assets/licences.md', client))
    ? [...readFileSync(new URL('pages-dist/assets/licences.md', client), 'utf8').matchAll(/^## (\S+?)(?:@| |$)/gm)].map((found) => found[1])
    : [],
);

const rows = [];
const problems = [];
for (const [lock, folder] of [['package-lock.json', ''], ['react18/package-lock.json', 'react18/']]) {
  for (const [path, { version, license, integrity, optional }] of Object.entries(read(lock).packages)) {
    if (path === '') {
      continue;
    }
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!license || !KNOWN.has(license)) {
      problems.push(`${lock}: ${name} ${version} has the licence ${license ?? 'none'}`);
    }
    if (!integrity) {
      problems.push(`${lock}: ${name} ${version} is named by no hash`);
    }
    // What is made for another platform is named by the lockfile and not installed here.
    const manifest = new URL(`${folder}${path}/package.json`, client);
    const source = existsSync(fileURLToPath(manifest)) ? repository(JSON.parse(readFileSync(manifest, 'utf8'))) : optional ? 'not for this platform' : '';
    rows.push([name, version, license ?? '', path === `node_modules/${name}` && folder === '' && bundled.has(name) ? 'in the pages' : 'for building and testing', source]);
  }
}

function repository({ repository, homepage }) {
  const address = typeof repository === 'string' ? repository : (repository?.url ?? homepage ?? '');
  return address.replace(/^git\+/, '').replace(/\.git$/, '').replace(/^(?:git:|ssh:)\/\/(?:git@)?/, 'https://').replace(/^(?:github:)?(?=[\w.-]+\/[\w.-]+$)/, 'https://github.com/');
}

const unique = [...new Map(rows.map((row) => [row.join(), row])).values()].sort((a, b) => a[0].localeCompare(b[0]));
for (const row of unique) {
  console.log(row.join('  '));
}
const counts = new Map();
for (const [, , licence] of unique) {
  counts.set(licence, (counts.get(licence) ?? 0) + 1);
}
console.log(`\n${unique.length} packages: ${[...counts].map(([licence, of]) => `${licence} ${of}`).join(', ')}`);
console.log(`in the pages: ${unique.filter((row) => row[3] === 'in the pages').map(([name, version, licence]) => `${name} ${version} (${licence})`).join(', ')}`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('every licence is known, every package is named by its hash');
