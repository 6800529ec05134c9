import { expect, test } from 'vitest'
import { wholeMatrix } from '../../src/core/features/whole-matrix.fixture.ts'
import { formatStyles } from './styles.ts'

const trackOf = (isSong: boolean, rock: number, voice: number) => ({
  isSong,
  features: wholeMatrix(4, (beat, { name }) => {
    const wobble = beat % 2 === 0 ? -0.5 : 0.5
    if (name === 'heard rock') return rock + wobble
    return name === 'heard voice' ? voice + wobble : 0
  }),
})

test('a middle lies between the medians of both sides, and what the curves in use say there is printed beside it', () => {
  const dance = [-6, -5.4, -5].map((rock) => trackOf(false, rock, -5.44))
  const songs = [-5.2, -3.4, -3].map((rock) => trackOf(true, rock, -3.4))
  const [, , rock, sung] = formatStyles([...dance, ...songs])
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  // Medians −5.4 and −3.4; one of nine pairs is the wrong way round. The shipped middle is −4.4.
  expect(rock).toEqual(['', 'rock: a song', '-5.40', '-3.40', '-4.40', '0.889', '0.50', ''])
  // Medians of the means: (−5.4 − 5.44) ÷ 2 and −3.4; the shipped middle is −4.41.
  expect(sung).toEqual(['', 'rock and voice: sung', '-5.42', '-3.40', '-4.41', '1.000', '0.50', ''])
})
