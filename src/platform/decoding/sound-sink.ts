import type { DecodedAudio } from '../../core/audio/audio.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Hertz, Seconds } from '../../core/units/units.ts'

export type SinkLimits = { readonly path: string; readonly maxDurationSeconds: Seconds }

export const tooLong = ({ path, maxDurationSeconds }: SinkLimits): UserError =>
  new UserError('AUDIO_TOO_LONG', `${path}: longer than the limit of ${Math.round(maxDurationSeconds / 60)} minutes`)

/** Takes decoded blocks at the source rate, and makes of them what is wanted. */
export type SoundSink<Heard> = {
  /** @param frames interleaved and whole; they are read before the call returns. */
  readonly push: (frames: Float32Array) => void
  /** The same for 16-bit samples. */
  readonly pushInt16: (frames: Int16Array) => void
  readonly finish: () => Heard
  /** Frees what it holds; called at the end, whether or not it was finished. */
  readonly close?: () => void
}

export type SoundFormat = { readonly sampleRate: Hertz; readonly channels: number }

/** What every decoder tells of a file besides its sound. */
export type SourceFacts = Pick<
  DecodedAudio,
  'channels' | 'sourceSampleRate' | 'decoder' | 'declaredSeconds' | 'warnings'
>

/** Makes a sink once the format is known. */
export type SinkOpener<Heard> = (format: SoundFormat, limits: SinkLimits) => SoundSink<Heard>

/** Decodes into sinks that are closed at the end, also where decoding fails or is cancelled. */
export const closingSinks = async <Heard, Result>(
  open: SinkOpener<Heard>,
  decode: (open: SinkOpener<Heard>) => Promise<Result>,
): Promise<Result> => {
  const opened: SoundSink<Heard>[] = []
  try {
    return await decode((...given) => {
      const sink = open(...given)
      opened.push(sink)
      return sink
    })
  } finally {
    for (const sink of opened) sink.close?.()
  }
}
