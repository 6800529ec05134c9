import { expect, test } from 'vitest'
import { paintPeaks } from './paint-peaks.ts'

type Painted = { readonly colour: string; readonly x: number; readonly reach: number }

/** One peak a second: whole, low, middle, high; painted a pixel a second, in 200 pixels of height. */
const paint = (...peaks: readonly (readonly [number, number, number, number])[]): readonly Painted[] => {
  const painted: Painted[] = []
  const context = {
    fillStyle: '',
    fillRect: (x: number, _top: number, _width: number, height: number) =>
      painted.push({ colour: context.fillStyle, x, reach: height / 2 }),
  }
  paintPeaks(
    context as unknown as CanvasRenderingContext2D,
    { durationSeconds: peaks.length, levels: [{ peaksPerSecond: 1, values: Uint8Array.from(peaks.flat()) }] },
    { left: 0, top: 0, width: peaks.length, height: 200, from: 0, to: peaks.length, colour: (name) => name },
  )
  return painted
}
const orderAt = (painted: readonly Painted[], x: number): readonly string[] =>
  painted.filter((one) => one.x === x).map(({ colour }) => colour)

test('in each column the tallest band is painted first, so that the others are seen on it', () => {
  const painted = paint([255, 200, 100, 50], [255, 50, 100, 200], [255, 0, 200, 100])
  expect(orderAt(painted, 0)).toEqual(['--wave-low', '--wave-middle', '--wave-high'])
  expect(orderAt(painted, 1)).toEqual(['--wave-high', '--wave-middle', '--wave-low'])
  expect(orderAt(painted, 2)).toEqual(['--wave-middle', '--wave-high'])
})

test('the loudest band of a track nearly fills the height, and the others keep their share of it', () => {
  const reaches = paint([120, 100, 50, 25]).map(({ reach }) => reach)
  expect(reaches.map((reach) => Math.round(reach))).toEqual([96, 48, 24])
})

test('a track that is hardly heard stays low', () => {
  const [first] = paint([3, 3, 0, 0])
  expect(first!.reach).toBeLessThan(12)
})
