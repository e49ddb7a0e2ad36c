/** Every bound of the service (`contract.md` section 8), read by validators, documents and tests alike. Texts count code points. */
export const limits = {
  body: { plain: 256 * 1024, large: 4 * 1024 * 1024 },
  json: { depth: 16, membersOfOne: 2_100, membersInAll: { plain: 500, large: 200_000 } },
  /** Bytes of the request line and headers. */
  requestHead: 32 * 1024,
  /** Bytes of a bearer token. */
  token: 4 * 1024,
  segmentName: 255,
  segmentDescription: 2_000,
  projectName: 255,
  modelName: 255,
  modelVersion: 64,
  modelColumns: 2_000,
  columnName: 255,
  /** Categories, bins and such of one column. */
  columnValues: 10_000,
  customFeatures: 1_000,
  rowsToEvaluate: 1_000,
  referenceKey: 128,
  referenceName: 255,
  referenceUrl: 2_048,
  referencesOfSegment: 1_000,
  /** Segments of one bulk create or copy. */
  segmentsAtOnce: 500,
  /** Segments of the same meaning that a validation names. */
  twins: 100,
  idempotencyKey: 255,
  problemsPerAnswer: 20,
  /** Milliseconds, each by default: for a request to arrive whole, its head alone, and for its answer once it has arrived. */
  request: { arrival: 30_000, head: 10_000, answer: 15_000 },
  /**
   * Milliseconds that a socket may be silent while a request is under way, and between two requests: longer than a load balancer
   * keeps one (60 s is usual), so that it is never we who close under its next request. After so many requests the answer says
   * `connection: close`, which spreads long-lived clients over new nodes; at one in a thousand no client notices.
   */
  socket: { silent: 75_000, idle: 72_000, requests: 1_000 },
  /** Milliseconds that the process may be behind its own clock. */
  delay: 1_000,
} as const;
