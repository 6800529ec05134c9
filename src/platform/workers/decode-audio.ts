import type { DecodedAudio } from '../../core/audio/audio.ts'
import { decodeFile } from '../decoding/decode-file.ts'
import type { AudioSource } from '../decoding/open-audio.ts'
import type { TaskContext } from './task-context.ts'

export type DecodeAudioInput = AudioSource & {
  /** Longer audio is refused; the decoder's own limit applies where this is left out. */
  readonly maxDurationSeconds?: number
}

export const decodeAudio = (
  { path, ...limits }: DecodeAudioInput,
  { signal }: TaskContext<never>,
): Promise<DecodedAudio> => decodeFile(path, { ...limits, signal })
