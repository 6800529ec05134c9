import { expect, test } from 'vitest'
import type { HeardWindows } from '../tags/heard-windows.ts'
import { checkHeardContent } from './heard-content.ts'

const NAMES = ['music', 'speech', 'noise', 'silence'] as const
const card = { tags: NAMES.map((name) => ({ name, group: 'signal', experimental: false, threshold: 0.5 })) }
const LETTERS = ['m', 's', 'n', 'q'] as const
/** One letter for each window of a second says what is heard in it. */
const heard = (letters: string): HeardWindows => ({
  count: letters.length,
  seconds: 1,
  embeddings: new Float32Array(),
  tags: Float32Array.from([...letters].flatMap((letter) => LETTERS.map((one) => (one === letter ? 0.9 : 0.1)))),
})

test('speech and noise that last are found, with how much and where', () => {
  expect(checkHeardContent(heard('mmmsssssssmmmnnnnnnnnmmmmssssssmmmmmmmmmmmmmm'), card)).toEqual([
    { code: 'speech', severity: 'notice', value: 7, spans: [{ startSeconds: 3, endSeconds: 10 }] },
    { code: 'noise', severity: 'notice', value: 8, spans: [{ startSeconds: 13, endSeconds: 21 }] },
  ])
})

test('a recording that is mostly no music is told, silence left out', () => {
  expect(checkHeardContent(heard('--------mmmmqqqq'), card)).toEqual([
    { code: 'not_music', severity: 'warning', value: 0.67, spans: [{ startSeconds: 0, endSeconds: 8 }] },
  ])
  expect(checkHeardContent(heard('mmmmssss'), card)).toMatchObject([{ code: 'not_music', value: 0.5, spans: [] }])
  expect(checkHeardContent(heard('mmmmmmqqssssssssssss'), card).map(({ code }) => code)).toEqual([
    'speech',
    'not_music',
  ])
})

test('music has no flag, silence has none, and a network without such tags says nothing', () => {
  expect(checkHeardContent(heard('mmmmmmmmmmm'), card)).toEqual([])
  expect(checkHeardContent({ ...heard('mm'), count: 0 }, card)).toEqual([])
  expect(checkHeardContent({ ...heard('------'), tags: heard('').tags }, { tags: [] })).toEqual([])
  expect(checkHeardContent(heard('qqqqqqqqqq'), card)).toEqual([])
})
