declare module "*.wasm?url" {
  /** Where the bundler serves the file. */
  const url: string;
  export default url;
}
