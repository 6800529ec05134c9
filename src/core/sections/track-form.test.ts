import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SectionKind } from '../labels/section-kind.ts'
import { FORM_PARTS } from './form-parts.ts'
import {
  blendBoundaries,
  blendKinds,
  decodeForm,
  doubtForm,
  encodeForm,
  type TrackForm,
  trackForm,
} from './track-form.ts'

const COUNT = FORM_PARTS.length
const logistic = (logit: number): number => 1 / (1 + Math.exp(-logit))
const formOf = (edges: readonly number[], parts: readonly (readonly number[])[]): TrackForm => ({
  beats: edges.length,
  edges: Float32Array.from(edges),
  parts: Float32Array.from(parts.flat()),
})
const flat = new Array<number>(COUNT).fill(0)

test('the answer of the network is read by beats, full parts together; a number that is none is refused', () => {
  // Logits of an edge, then of intro, build, drop, break, outro, verse and chorus, for two beats each.
  const rows = [
    [0, 1],
    [2, 3],
    [4, 5],
    [Math.log(2), 0],
    [6, 7],
    [8, 9],
    [Math.log(3), 0],
    [Math.log(4), 0],
  ]
  const answer = Float32Array.from(rows.flat())
  const form = trackForm(answer, 2)!
  expect([...form.edges]).toEqual([0, 1])
  const expected = [2, 4, Math.log(9), 6, 8, 3, 5, Math.log(3), 7, 9]
  expected.forEach((value, at) => {
    expect(form.parts[at]).toBeCloseTo(value, 5)
  })
  expect(trackForm(answer, 3)).toBeNull()
  answer[5] = Number.NaN
  expect(trackForm(answer, 2)).toBeNull()
})

test('boundaries are averaged as log-odds: an opinion beside none keeps half its strength', () => {
  const blended = blendBoundaries(Float32Array.of(0.5, logistic(3)), formOf([4, -3], [flat, flat]), 0.5)
  expect(blended[0]).toBeCloseTo(logistic(2), 6)
  expect(blended[1]).toBeCloseTo(0.5, 5)
})

test('kinds are averaged as logs, and what the network says of kinds that the model does not know is no evidence', () => {
  const kinds: readonly SectionKind[] = ['drop', 'break']
  // Intro, build, drop (with verse and chorus), break, outro.
  const said = (intro: number): number[] => [intro, 0, Math.log(9), 0, 0]
  for (const intro of [-5, 0, 20]) {
    const form = formOf([0], [said(intro)])
    const blended = blendKinds(Float32Array.of(0.5, 0.5), kinds, { form, share: 0.5 })
    // √(.5 · .9) against √(.5 · .1).
    expect(blended[0]).toBeCloseTo(0.75, 5)
    expect(blended[1]).toBeCloseTo(0.25, 5)
  }
})

test('what is said of songs stays as it is; in dance music half of it is left, and builds and drops get odds', () => {
  const form = formOf([4, -3], [flat, [0, -2, 3, 1, 0]])
  expect(doubtForm(form, 1)).toEqual(form)
  const { edges, parts } = doubtForm(form, 0)
  expect([...edges]).toEqual([2, -1.5])
  const [intro, build, drop, pause, outro] = parts.slice(COUNT)
  expect([intro, pause, outro]).toEqual([0, 0.5, 0])
  expect(build).toBeGreaterThan(-1)
  expect(drop).toBeGreaterThan(1.5)
  const between = doubtForm(form, 0.5)
  expect(between.edges[0]).toBe(3)
  expect(between.parts[COUNT + 1]).toBeCloseTo((build! - 2) / 2, 6)
})

test('a drop, a verse and a chorus are told apart by the model alone', () => {
  const form = formOf([0], [[0, 0, 5, -5, 0]])
  const own = Float32Array.of(0.2, 0.2, 0.6)
  const blended = blendKinds(own, ['drop', 'verse', 'chorus'], { form, share: 0.5 })
  expect(blended[2]! / blended[0]!).toBeCloseTo(Math.sqrt(3), 5)
  expect(blended[0]).toBeCloseTo(blended[1]!, 6)
})

test('whatever both say, kinds of a beat sum to 1, and bytes bring a form back', () => {
  const logits = fc.array(fc.float({ noNaN: true, min: -60, max: 60 }), { minLength: COUNT + 2, maxLength: COUNT + 2 })
  fc.assert(
    fc.property(logits, fc.integer({ min: 0, max: 1000 }), ([edge, own, ...parts], share) => {
      const form = formOf([edge!], [parts])
      const blended = blendKinds(Float32Array.of(share / 1000, 1 - share / 1000), ['intro', 'outro'], {
        form,
        share: 0.5,
      })
      expect(blended[0]! + blended[1]!).toBeCloseTo(1, 5)
      expect(decodeForm(encodeForm(form), 1)).toEqual(form)
      expect(decodeForm(encodeForm(form), 2)).toBeNull()
      const [chance] = blendBoundaries(Float32Array.of(logistic(own!)), form, 0.5)
      expect(chance).toBeGreaterThanOrEqual(0)
      expect(chance).toBeLessThanOrEqual(1)
    }),
  )
})
