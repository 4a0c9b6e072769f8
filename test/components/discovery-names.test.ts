import assert from "node:assert/strict";
import {
  checkAttributes,
  isResolvedByAws,
  namespaceForm,
  serviceNameForm,
} from "../../components/lib/discovery-names";
import { Problems } from "../../components/lib/problems";

describe("names of the registry", () => {
  const taken = (form: RegExp, ...names: string[]) => names.filter((name) => form.test(name));

  it("are domains of labels in lower case, short enough for a service's label before them", () => {
    const long = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(61)}`;
    assert.equal(long.length, 189);
    const good = ["internal", "svc.internal", "a-b.c9", long];
    const bad = [
      "",
      "Svc.internal",
      "svc..internal",
      ".svc",
      "svc.",
      "-a.b",
      "a-.b",
      "a_b",
      "a b",
      `${long}d`,
    ];
    assert.deepEqual(taken(namespaceForm, ...good, ...bad), good);
  });

  it("of services are one label", () => {
    const good = ["a", "analyzer", "keyword-analyzer-2", "a".repeat(63)];
    const bad = ["", "Analyzer", "a.b", "-a", "a-", "a_b", "a".repeat(64)];
    assert.deepEqual(taken(serviceNameForm, ...good, ...bad), good);
  });

  it("are none of those a VPC's resolver has itself", () => {
    const own = [
      "ec2.internal",
      "us-west-2.compute.internal",
      "compute.internal",
      "s3.amazonaws.com",
      "amazonaws.com.cn",
    ];
    const free = ["internal", "svc.internal", "myec2.internal", "amazonaws.com.example.com"];
    assert.deepEqual([...own, ...free].filter(isResolvedByAws), own);
  });
});

describe("attributes of an instance", () => {
  function found(attributes: { [key: string]: unknown }) {
    const problems = new Problems();
    checkAttributes(attributes, "at", problems);
    return problems.found.map(({ path, reason }) => `${path}: ${reason}`);
  }

  it("are printable texts, and what is not known yet", () => {
    const attributes = {
      version: "1.0.0",
      tags: "api, rag",
      empty: "",
      one: "x",
      ["k".repeat(255)]: "v".repeat(1024),
    };
    assert.deepEqual(found({ ...attributes, later: Promise.resolve(" ") }), []);
  });

  it("are 30 at most, and 5000 characters", () => {
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`a${index}`, ""]));
    assert.deepEqual(found(many), ["at: must be 30 or fewer, got 31"]);
    const large = Object.fromEntries(["a", "b", "c", "d", "e"].map((key) => [key, "v".repeat(1000)]));
    assert.deepEqual(found(large), ["at: must have 5000 characters or fewer in all, got 5005"]);
  });

  it("have keys and values of AWS's form", () => {
    const key =
      'key must be 1 to 255 printable ASCII characters without blanks, not beginning with "AWS_", which are the registry\'s own';
    const value = "must be printable ASCII without blanks at its ends, up to 1024 characters";
    assert.deepEqual(found({ "a b": "", AWS_INSTANCE_IPV4: "10.0.0.1", "": "x" }), [
      `at["a b"]: ${key}`,
      `at["AWS_INSTANCE_IPV4"]: ${key}`,
      `at[""]: ${key}`,
    ]);
    assert.deepEqual(found({ a: " x", b: "x ", c: "é", d: "v".repeat(1025) }), [
      `at["a"]: ${value}`,
      `at["b"]: ${value}`,
      `at["c"]: ${value}`,
      `at["d"]: ${value}`,
    ]);
  });
});
