import assert from "node:assert/strict";
import { type CatalogOwner, databaseName } from "../../components/lib/catalog-names";

const owner: CatalogOwner = {
  name: "edge-queries",
  namePrefix: undefined,
  project: "shop",
  stack: "production",
};

describe("the name of a database", () => {
  it("begins with the prefix, or with project and stack", () => {
    assert.equal(databaseName(owner), "shop_production_edge_queries");
    assert.equal(databaseName({ ...owner, namePrefix: "shop-prod" }), "shop_prod_edge_queries");
  });

  it("tells stacks apart whose names differ in what it cannot hold", () => {
    const names = ["eu.west", "eu_west", "EU-west", "eu-west"].map((stack) =>
      databaseName({ ...owner, stack }),
    );
    assert.equal(new Set(names).size, 4);
    assert.equal(names[3], "shop_eu_west_edge_queries");
  });

  it("is one that SQL takes without quotes, whatever the stack is called", () => {
    for (const stack of ["1", "ünï", "x".repeat(200), "a--b", "-"]) {
      const found = databaseName({ ...owner, project: "0-shop", stack });
      assert.match(found, /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
      assert.ok(found.length <= 131, found);
    }
  });
});
