/**
 * @file Log-mel levels of clips through the product's own code, so that training and inference cannot drift apart.
 * `node log-mel.ts CLIPS.s16 OUT.f32 SAMPLES_PER_CLIP`: 16-bit mono at 22,050 Hz in; float32 dB out, shape (clips, frames, bands).
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { melSpectrogram } from '../../src/core/audio/spectrogram.ts'

const [source, target, clipText] = process.argv.slice(2)
const clipSamples = Number(clipText)
const MEL = { frameSize: 2048, hopSamples: 512, bands: 96, minHz: 30, maxHz: 10500 } as const
/** The product's POWER_FLOOR. */
const FLOOR = 1e-10

const input = openSync(source!, 'r')
const output = openSync(target!, 'w')
const pcm = new Int16Array(clipSamples)
const samples = new Float32Array(clipSamples)
while (readSync(input, pcm) === pcm.byteLength) {
  for (let at = 0; at < clipSamples; at++) samples[at] = pcm[at]! / 32768
  const { values } = melSpectrogram({ samples, sampleRate: 22050 }, MEL)
  for (let at = 0; at < values.length; at++) values[at] = 10 * Math.log10(values[at]! + FLOOR)
  writeSync(output, values)
}
closeSync(input)
closeSync(output)
