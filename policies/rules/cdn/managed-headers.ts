/**
 * Every response headers policy that AWS keeps itself, by its id, and whether it adds Strict-Transport-Security. As of
 * November 2026.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export const managedPolicies: ReadonlyMap<string, { readonly name: string; readonly strict: boolean }> =
  new Map([
    ["67f7725c-6f97-4210-82d7-5512b31e9d03", { name: "SecurityHeadersPolicy", strict: true }],
    ["e61eb60c-9c35-4d20-a928-2b84e02af89c", { name: "CORS-and-SecurityHeadersPolicy", strict: true }],
    [
      "eaab4381-ed33-4a86-88ca-d9558dc6cd63",
      { name: "CORS-with-preflight-and-SecurityHeadersPolicy", strict: true },
    ],
    ["60669652-455b-4ae9-85a4-c4c02393f86c", { name: "SimpleCORS", strict: false }],
    ["5cc3b908-e619-4b99-88e5-2cf7f45965bd", { name: "CORS-With-Preflight", strict: false }],
  ]);
