import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../lib/tags";

/** What every part of a network is made with. */
export interface Part<Transforms> {
  /** Name of the network: the start of its children's names. */
  readonly name: string;
  readonly tags: Tags | undefined;
  readonly transform: Transforms;
  /** Options of every child. */
  readonly child: pulumi.CustomResourceOptions;
}
