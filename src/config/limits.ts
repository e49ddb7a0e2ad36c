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
  problemsPerAnswer: 20,
  /** Milliseconds for a whole request. */
  request: 15_000,
} as const;
