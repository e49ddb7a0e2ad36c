/** One scheme in any case, one blank, one token, nothing after it. passport-jwt's own reader takes what stands around as well. */
const bearer = /^bearer ([^\s,]+)$/i;

/** The token of an `Authorization` header, or null when there is none in the one form that is taken (RFC 6750 section 2.1). */
export const bearerToken = (request: { readonly headers: { readonly authorization?: string | undefined } }): string | null =>
  bearer.exec(request.headers.authorization ?? '')?.[1] ?? null;
