export type DecodedBlock = {
  readonly channelData: readonly Float32Array[]
  readonly sampleRate: number
  readonly errors: readonly unknown[]
}

/** What every decoder that comes with this package offers. */
export type WasmDecoder = {
  readonly ready: Promise<unknown>
  readonly decode: (bytes: Uint8Array) => DecodedBlock | Promise<DecodedBlock>
  readonly flush?: () => Promise<DecodedBlock>
  readonly free: () => void
}
