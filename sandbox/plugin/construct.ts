import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
export function construct(request: ConstructRequest): Promise<ConstructResponse> {
  return Promise.reject(new Error(`unknown component ${request.getType()}`));
}
