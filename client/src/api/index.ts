/** The service's calls, types, errors and cache keys without React; safe to import in a server component. */
export * from './client.js';
export * from './config.js';
export * from './endpoints.js';
export * from './errors.js';
export * from './keys.js';
export type * from './types.js';
