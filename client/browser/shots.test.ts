import { it } from 'vitest';
import { takeShots } from './shots';

it('takes pictures of every state', { timeout: 300_000 }, async () => {
  await takeShots(process.env.SHOTS ?? 'shots');
});
