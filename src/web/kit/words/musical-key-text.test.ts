import { expect, test } from 'vitest'
import { musicalKeyText } from './musical-key-text.ts'

const TONICS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B']
const named = (mode: string): string => TONICS.map((tonic) => musicalKeyText(`${tonic} ${mode}`)).join(', ')

test('keys have the names of the wheel: no A sharp, no D sharp', () => {
  expect(named('major')).toBe('C maj, D♭ maj, D maj, E♭ maj, E maj, F maj, F♯ maj, G maj, A♭ maj, A maj, B♭ maj, B maj')
  expect(named('minor')).toBe('C min, C♯ min, D min, E♭ min, E min, F min, F♯ min, G min, A♭ min, A min, B♭ min, B min')
})
