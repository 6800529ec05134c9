import type { DecodedAudio } from '../audio/audio.ts'
import { decodeFile } from '../decoding/decode-file.ts'
import type { TaskContext } from './task-context.ts'

export type DecodeAudioInput = {
  readonly path: string
  /** Longer audio is refused; the decoder's own limit where left out. */
  readonly maxDurationSeconds?: number
}

/** Decodes into memory that all threads share: what is heard next runs on two of them. */
export const decodeAudio = async (
  { path, ...limits }: DecodeAudioInput,
  { signal }: TaskContext<never>,
): Promise<DecodedAudio> => {
  const decoded = await decodeFile(path, { ...limits, signal })
  const { samples, sampleRate } = decoded.mono
  const shared = new Float32Array(new SharedArrayBuffer(samples.byteLength))
  shared.set(samples)
  return { ...decoded, mono: { samples: shared, sampleRate } }
}
