import { expect, test } from 'vitest'
import { sectionConfidence } from '../../src/core/sections/section-confidence.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { fitCurves, type JudgedSection } from './confidence.ts'

test('curves that are fitted say what comes true, of dance music and of songs apart', () => {
  const random = createRandom(3)
  const sections = Array.from({ length: 4000 }, (_, at): JudgedSection => {
    const [isSong, bars] = [at % 2 === 1, at % 4 < 2 ? 4 : 32]
    // Whatever the ways say, short parts of dance music are right two times in three, long ones nine in ten, songs every other time.
    const truth = isSong ? 0.5 : bars === 4 ? 2 / 3 : 0.9
    const share = 0.5 + 0.49 * random()
    return { track: String(at), isSong, bars, share, songShare: isSong ? 1 : 0, right: random() < truth }
  })
  const curves = fitCurves(sections)
  const said = (bars: number, songShare: number): number => sectionConfidence({ share: 0.9, bars, songShare }, curves)
  expect(said(4, 0)).toBeCloseTo(2 / 3, 1)
  expect(said(32, 0)).toBeCloseTo(0.9, 1)
  expect(said(4, 1)).toBeCloseTo(0.5, 1)
  expect(said(32, 1)).toBe(said(4, 1))
})
