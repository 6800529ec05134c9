import type { AudioFormat } from './audio-files.ts'
import type { WasmDecoder } from './wasm-decoder.ts'

/** Formats that are decoded without any system program, each with its library, which is loaded when first needed. */
export const WASM_DECODERS: Readonly<Partial<Record<AudioFormat, () => Promise<WasmDecoder>>>> = {
  // Its own trimming takes headers of all encoders for those of LAME.
  mp3: async () => new (await import('mpg123-decoder')).MPEGDecoder({ enableGapless: false }),
  flac: async () => (await import('./flac-decoder.ts')).createFlacDecoder(),
  vorbis: async () => new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder(),
  opus: async () => new (await import('ogg-opus-decoder')).OggOpusDecoder(),
}
