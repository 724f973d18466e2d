/** Whether the service is up. */
export declare function useHealthCheck(enabled?: boolean): import("@tanstack/react-query").UseQueryResult<import("../index.js").Health, Error>;
/** Models, lanes, store, load and version of the service. */
export declare function useDetailedHealthCheck(enabled?: boolean): import("@tanstack/react-query").UseQueryResult<import("../index.js").DetailedHealth, Error>;
