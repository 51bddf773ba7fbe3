/** What the notification scripts read: one NAME=value a line, nothing else; they do not run it. */
export const SCRIPT_CONFIG = (tool: string): string => `URL={base_url}/api/webhooks/${tool}
API_KEY={api_key}
SECRET={hmac_secret}
SPOOL=/var/spool/alert-whisperer
# Only where several servers of this kind report to one company: a name for this one.
#SOURCE=berlin
`;
