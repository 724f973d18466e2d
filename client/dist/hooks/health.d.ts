/** Whether the service is up. */
export declare function useHealthCheck(enabled?: boolean): import("@tanstack/react-query").UseQueryResult<{
    status: "ok" | "degraded" | "stopping";
    environment: string;
    debug: boolean;
}, Error>;
/** Models, lanes, store, load and version of the service. */
export declare function useDetailedHealthCheck(enabled?: boolean): import("@tanstack/react-query").UseQueryResult<{
    status: "ok" | "degraded" | "stopping";
    environment: string;
    debug: boolean;
    version: string;
    uptime_s: number;
    models: {
        [key: string]: string;
    };
    lanes: number;
    open_sessions: number;
    sockets: number;
    load: number;
    shedding: "none" | "objects" | "persons";
    frames: import("../api/schema.js").components["schemas"]["Frames"];
    store: {
        kind: string;
        status: "ok" | "failing";
    };
    problems: string[];
}, Error>;
