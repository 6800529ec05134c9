import type { Provider } from '../../core/tags/provider.ts'

/** A loaded network. */
export type LoadedNetwork = {
  /** @param input row-major, of that shape @returns outputs by name, row-major */
  readonly run: (
    input: Float32Array<ArrayBuffer>,
    shape: readonly number[],
  ) => Promise<Readonly<Record<string, Float32Array>>>
  readonly close: () => Promise<void>
}

/** One way to run networks. @throws any error where it is missing or cannot load the network */
export type Backend = {
  readonly provider: Provider
  readonly load: (onnx: Uint8Array) => Promise<LoadedNetwork>
}
