import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../audio/audio.ts'
import { createRandom } from '../support/random.ts'

const RATE = ANALYSIS_SAMPLE_RATE_HZ

export const silence = (seconds: number): MonoAudio => ({
  samples: new Float32Array(Math.round(seconds * RATE)),
  sampleRate: RATE,
})

/** Adds a tone with `harmonics` partials of amplitude gain / k. */
export const addTone = (
  audio: MonoAudio,
  tone: { hertz: number; from?: number; to?: number; gain?: number; harmonics?: number; vibratoCents?: number },
): MonoAudio => {
  const { hertz, from = 0, to = Number.POSITIVE_INFINITY, gain = 0.3, harmonics = 1, vibratoCents = 0 } = tone
  const end = Math.min(audio.samples.length, Math.round(to * RATE))
  let phase = 0
  for (let at = Math.round(from * RATE); at < end; at++) {
    const bend = vibratoCents === 0 ? 1 : 2 ** ((vibratoCents * Math.sin((2 * Math.PI * 6 * at) / RATE)) / 1200)
    phase += ((2 * Math.PI * hertz) / RATE) * bend
    for (let k = 1; k <= harmonics; k++) audio.samples[at]! += (gain / k) * Math.sin(k * phase)
  }
  return audio
}

/** Adds white noise, or with `seconds` a burst that decays to 1/e in a tenth of it. */
export const addNoise = (
  audio: MonoAudio,
  noise: { from?: number; to?: number; gain?: number; decaySeconds?: number; seed?: number },
): MonoAudio => {
  const {
    from = 0,
    to = Number.POSITIVE_INFINITY,
    gain = 0.1,
    decaySeconds = Number.POSITIVE_INFINITY,
    seed = 1,
  } = noise
  const random = createRandom(seed)
  const start = Math.round(from * RATE)
  const end = Math.min(audio.samples.length, Math.round(to * RATE))
  for (let at = start; at < end; at++)
    audio.samples[at]! += gain * (2 * random() - 1) * Math.exp(-(at - start) / RATE / decaySeconds)
  return audio
}

/** A kick: a sine of 55 Hz that decays to 1/e in 50 ms. */
export const addKick = (audio: MonoAudio, from: number, gain = 0.7): MonoAudio => {
  const start = Math.round(from * RATE)
  const end = Math.min(audio.samples.length, start + Math.round(0.45 * RATE))
  for (let at = start; at < end; at++) {
    const seconds = (at - start) / RATE
    audio.samples[at]! += gain * Math.exp(-seconds / 0.05) * Math.sin(2 * Math.PI * 55 * seconds)
  }
  return audio
}

const SCALES = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] } as const
/** I–IV–V–I and i–iv–V–i by scale degree; the dominant is a major triad in both modes. */
const CADENCE = [0, 3, 4, 0] as const

/** A cadence in close position over its bass notes, one chord of four harmonics every half second. */
export const cadence = (tonic: number, mode: 'major' | 'minor', cents: number): MonoAudio => {
  const chordSeconds = 0.5
  const audio = silence(chordSeconds * CADENCE.length)
  CADENCE.forEach((degree, index) => {
    const notes = [0, 2, 4].map((step) => {
      const leading = mode === 'minor' && degree === 4 && step === 2 ? 1 : 0
      const place = degree + step
      return 60 + tonic + SCALES[mode][place % 7]! + 12 * Math.floor(place / 7) + leading
    })
    for (const note of [notes[0]! - 24, ...notes])
      addTone(audio, {
        hertz: 440 * 2 ** ((note - 69 + cents / 100) / 12),
        from: index * chordSeconds,
        to: (index + 1) * chordSeconds,
        gain: 0.08,
        harmonics: 4,
      })
  })
  return audio
}
