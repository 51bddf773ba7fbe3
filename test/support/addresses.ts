/** Where Worker tests pretend that the service stands; loopback, so cookies work without TLS. */
export const API = "http://127.0.0.1:8787";
