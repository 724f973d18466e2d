export const DEFAULT_ALERT_LIMIT = 100;
const session = (sessionId, rest = '') => `/api/v1/session/${encodeURIComponent(sessionId)}${rest}`;
const proctoring = (what, sessionId, rest = '') => `/api/v1/proctoring/${what}/${encodeURIComponent(sessionId)}${rest}`;
export function getServiceInfo(client, options) {
    return client.json('/', { ...options });
}
export function getHealth(client, options) {
    return client.json('/health', { ...options });
}
export function getDetailedHealth(client, options) {
    return client.json('/health/detailed', { ...options });
}
export function createSession(client, request, options) {
    return client.json('/api/v1/session/create', { ...options, method: 'POST', json: request });
}
export function getSession(client, sessionId, options) {
    return client.json(session(sessionId), { ...options, sessionId });
}
export function listSessions(client, filter = {}, options) {
    return client.json('/api/v1/sessions', { ...options, query: { ...filter } });
}
/** Idempotent: ending an ended session succeeds. */
export function endSession(client, sessionId, options) {
    return client.json(session(sessionId, '/end'), { ...options, method: 'POST', sessionId });
}
export function pauseSession(client, sessionId, options) {
    return client.json(session(sessionId, '/pause'), { ...options, method: 'POST', sessionId });
}
export function resumeSession(client, sessionId, options) {
    return client.json(session(sessionId, '/resume'), { ...options, method: 'POST', sessionId });
}
/** Tells the service which point of the screen the candidate is asked to look at, as shares of width and height from the upper left. */
export function sendCalibrationTarget(client, sessionId, target, options) {
    return client.json(session(sessionId, '/calibration'), { ...options, method: 'POST', json: target, sessionId });
}
export function getProctoringStatus(client, sessionId, options) {
    return client.json(proctoring('status', sessionId), { ...options, sessionId });
}
export function getAlerts(client, sessionId, limit = DEFAULT_ALERT_LIMIT, filter = {}, options) {
    return client.json(proctoring('alerts', sessionId), { ...options, query: { limit, ...filter }, sessionId });
}
export function createAlert(client, sessionId, alert, options) {
    return client.json(proctoring('alerts', sessionId), { ...options, method: 'POST', json: alert, sessionId });
}
export function reviewAlert(client, sessionId, alertId, review, options) {
    return client.json(proctoring('alerts', sessionId, `/${encodeURIComponent(alertId)}`), {
        ...options,
        method: 'PATCH',
        json: review,
        sessionId,
    });
}
export function getScore(client, sessionId, options) {
    return client.json(session(sessionId, '/score'), { ...options, sessionId });
}
export function downloadReport(client, sessionId, format, options) {
    return client.blob(session(sessionId, `/${format}`), { ...options, sessionId });
}
/** The picture that carried an alert over its rule's line. */
export function getEvidence(client, alert, sessionId, options) {
    if (!alert.evidence_url) {
        return Promise.reject(new RangeError('evidence_url is empty, must name a picture'));
    }
    return client.blob(pathOf(client, alert.evidence_url), { ...options, sessionId });
}
/** Judges one JPEG before a session starts: does the camera work, is there light, is there one face. */
export function precheck(client, jpeg, options) {
    return client.json('/api/v1/precheck', { ...options, method: 'POST', body: jpeg });
}
/** Keeps the bearer token with the service: an address elsewhere is refused. */
function pathOf(client, url) {
    if (url.startsWith('/') && !url.startsWith('//')) {
        return url;
    }
    if (url.startsWith(`${client.config.apiUrl}/`)) {
        return url.slice(client.config.apiUrl.length);
    }
    throw new RangeError(`evidence_url is ${JSON.stringify(url)}, must be an address of the service itself`);
}
