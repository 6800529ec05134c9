import { closeSync, openSync, writeSync } from 'node:fs'
import { createRateChanger } from '../../core/audio/change-rate.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Hertz, Seconds } from '../../core/units/units.ts'
import { type SinkOpener, tooLong } from './sound-sink.ts'

/** Mixes are made at the rate of most music. */
export const MIX_RATE_HZ: Hertz = 44_100

/** A file of left and right samples as float32 at `MIX_RATE_HZ`, in the byte order of the machine and without a header. */
export type WrittenSound = { readonly frames: number; readonly durationSeconds: Seconds }

/** The centre of surround sound is heard in both channels. */
const CENTRE_GAIN = Math.SQRT1_2

/** @returns left and right of interleaved frames */
const toStereo = (
  frames: ArrayLike<number>,
  channels: number,
  scale: number,
): readonly [Float32Array, Float32Array] => {
  const length = frames.length / channels
  const [left, right] = [new Float32Array(length), new Float32Array(length)]
  const second = Math.min(1, channels - 1)
  for (let n = 0, at = 0; n < length; n++, at += channels) {
    const centre = channels > 2 ? CENTRE_GAIN * frames[at + 2]! : 0
    left[n] = scale * (frames[at]! + centre)
    right[n] = scale * (frames[at + second]! + centre)
  }
  return [left, right]
}

const interleave = ([left, right]: readonly Float32Array[]): Float32Array => {
  const frames = new Float32Array(2 * left!.length)
  for (let n = 0; n < left!.length; n++) {
    frames[2 * n] = left![n]!
    frames[2 * n + 1] = right![n]!
  }
  return frames
}

/**
 * Opens sinks that write the sound itself into a file, which must not be there yet.
 * @throws UserError AUDIO_TOO_LONG, AUDIO_NO_STREAM; errors of the file system as they are
 */
export const pcmFileOpener =
  (path: string): SinkOpener<WrittenSound> =>
  ({ sampleRate, channels }, limits) => {
    const descriptor = openSync(path, 'wx', 0o600)
    const changer = sampleRate === MIX_RATE_HZ ? null : createRateChanger(sampleRate, MIX_RATE_HZ, 2)
    let [received, frames] = [0, 0]
    const write = (planes: readonly Float32Array[]): void => {
      const bytes = new Uint8Array(interleave(planes).buffer)
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
      frames += planes[0]!.length
    }
    const take = (samples: ArrayLike<number>, scale: number): void => {
      received += samples.length / channels
      if (received / sampleRate > limits.maxDurationSeconds) throw tooLong(limits)
      const planes = toStereo(samples, channels, scale)
      write(changer === null ? planes : changer.push(planes))
    }
    return {
      push: (samples) => take(samples, 1),
      pushInt16: (samples) => take(samples, 1 / 32_768),
      finish: () => {
        if (received === 0) throw new UserError('AUDIO_NO_STREAM', `${limits.path}: no sound could be decoded`)
        if (changer !== null) write(changer.finish())
        return { frames, durationSeconds: received / sampleRate }
      },
      close: () => closeSync(descriptor),
    }
  }
