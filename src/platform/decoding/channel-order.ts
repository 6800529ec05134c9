/** @file Channels of Vorbis (Vorbis I §4.3.9), and of Opus in its first family (RFC 7845 §5.1.1.2), in the order of WAV, FLAC and BS.1770. */
const WAVE_ORDER: Readonly<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
}

export const inWaveOrder = (planes: readonly Float32Array[]): readonly Float32Array[] =>
  WAVE_ORDER[planes.length]?.map((channel) => planes[channel]!) ?? planes
