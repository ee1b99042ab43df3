module.exports = {
  idc: {
    input: "idc-v1.yaml",
    output: {
      target: "client/idc.ts",
      client: "fetch",
      override: { mutator: { path: "fetcher.ts", name: "fetcher" } },
    },
  },
};
