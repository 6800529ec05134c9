import type { AudioFormat } from './audio-files.ts'

type DecodedBlock = {
  readonly channelData: readonly Float32Array[]
  readonly sampleRate: number
  readonly errors: readonly unknown[]
}

type WasmDecoder = {
  readonly ready: Promise<void>
  readonly decode: (bytes: Uint8Array) => DecodedBlock | Promise<DecodedBlock>
  readonly flush?: () => Promise<DecodedBlock>
  readonly free: () => void
}

/** Formats that are decoded without any system program, each with its library, which is loaded when first needed. */
export const WASM_DECODERS: Readonly<Partial<Record<AudioFormat, () => Promise<WasmDecoder>>>> = {
  // Its own trimming takes headers of all encoders for those of LAME.
  mp3: async () => new (await import('mpg123-decoder')).MPEGDecoder({ enableGapless: false }),
  flac: async () => new (await import('@wasm-audio-decoders/flac')).FLACDecoder(),
  vorbis: async () => new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder(),
  opus: async () => new (await import('ogg-opus-decoder')).OggOpusDecoder(),
}
