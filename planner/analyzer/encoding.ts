import { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb";
import { BinaryReader, BinaryWriter } from "google-protobuf";

/** What a pack says of a resource, or of the whole stack. */
export interface Answer {
  readonly diagnostics: readonly AnalyzeDiagnostic[];
  /** Names of the policies that had nothing to look at. */
  readonly notApplicable: readonly string[];
}

/** A message that is nothing but a list of others in its first field, each of them encoded already. */
export function listOf(messages: readonly Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const message of messages) writer.writeBytes(1, message);
  return writer.getResultBuffer();
}

/**
 * An answer of the pack, `AnalyzeResponse`. Of the policies that do not apply it keeps the names alone: with each resource
 * come a hundred of them, every one with its reason.
 */
export function answerIn(bytes: Uint8Array): Answer {
  const diagnostics: AnalyzeDiagnostic[] = [];
  const notApplicable: string[] = [];
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    const field = reader.getFieldNumber();
    if (field === 2) diagnostics.push(AnalyzeDiagnostic.deserializeBinary(reader.readBytes()));
    else if (field === 3) reader.readMessage(notApplicable, readName);
    else reader.skipField();
  }
  return { diagnostics, notApplicable };
}

/** Reads the name off a `PolicyNotApplicable`. */
function readName(names: string[], reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) names.push(reader.readString());
    else reader.skipField();
  }
}

/**
 * Writes a `google.protobuf.Struct`.
 *
 * The library makes several objects of each value before it writes any; over a stack of thousands of resources that takes
 * four times as long as writing what there is. Its fields never change:
 * https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/struct.proto
 */
export function writeStruct(writer: BinaryWriter, map: object): void {
  for (const [key, value] of Object.entries(map)) {
    inside(writer, 1, () => {
      writer.writeString(1, key);
      inside(writer, 2, () => writeValue(writer, value));
    });
  }
}

function writeValue(writer: BinaryWriter, value: unknown): void {
  if (typeof value === "string") writer.writeString(3, value);
  else if (typeof value === "number") writer.writeDouble(2, value);
  else if (typeof value === "boolean") writer.writeBool(4, value);
  else if (Array.isArray(value)) inside(writer, 6, () => writeList(writer, value));
  else if (typeof value === "object" && value !== null) inside(writer, 5, () => writeStruct(writer, value));
  else writer.writeEnum(1, 0);
}

function writeList(writer: BinaryWriter, items: readonly unknown[]): void {
  for (const item of items) inside(writer, 1, () => writeValue(writer, item));
}

/** Writes a message within the one that is being written. */
export function inside(writer: BinaryWriter, field: number, write: () => void): void {
  writer.beginSubMessage(field);
  write();
  writer.endSubMessage(field);
}
