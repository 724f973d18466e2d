import { type RefObject } from 'react';
/** The newest value for code that runs later, without making that code depend on it. */
export declare function useLatest<T>(value: T): RefObject<T>;
