import type { Provider } from '../../core/tags/provider.ts'

/** A network that is loaded. */
export type LoadedNetwork = {
  /** @param input row-major, of the shape @returns outputs by name, row-major */
  readonly run: (
    input: Float32Array<ArrayBuffer>,
    shape: readonly number[],
  ) => Promise<Readonly<Record<string, Float32Array>>>
  readonly close: () => Promise<void>
}

/** One way to run networks. @throws any error where it is not there or does not take the network */
export type Backend = {
  readonly provider: Provider
  readonly load: (onnx: Uint8Array) => Promise<LoadedNetwork>
}
