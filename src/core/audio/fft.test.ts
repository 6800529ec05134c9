import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { realFft } from './fft.ts'

const directTransform = (signal: Float32Array, bin: number): [number, number] => {
  let [real, imaginary] = [0, 0]
  signal.forEach((value, n) => {
    real += value * Math.cos((2 * Math.PI * bin * n) / signal.length)
    imaginary -= value * Math.sin((2 * Math.PI * bin * n) / signal.length)
  })
  return [real, imaginary]
}

test.each([32, 96, 160, 512, 2048])('size %i equals the defining sum', (size) => {
  const random = createRandom(size)
  const fft = realFft(size)
  const signal = Float32Array.from({ length: size }, () => random() - 0.5)
  fft.input().set(signal)
  const spectrum = fft.transform()
  expect(spectrum[0]).toBeCloseTo(directTransform(signal, 0)[0], 3)
  expect(spectrum[1]).toBeCloseTo(directTransform(signal, size / 2)[0], 3)
  for (const bin of [1, 2, 7, size / 4, size / 2 - 1]) {
    const [real, imaginary] = directTransform(signal, bin)
    expect(spectrum[2 * bin]).toBeCloseTo(real, 3)
    expect(spectrum[2 * bin + 1]).toBeCloseTo(imaginary, 3)
  }
})

test('a plan survives the heap growing for a larger one', () => {
  const small = realFft(64)
  small.input().fill(1)
  realFft(1 << 22)
  small.input().fill(1)
  expect(small.transform()[0]).toBeCloseTo(64, 4)
})

test.each([0, 16, 100, 224])('size %i, which PFFFT cannot do, is refused', (size) => {
  expect(() => realFft(size)).toThrow(/multiple of 32/)
})
