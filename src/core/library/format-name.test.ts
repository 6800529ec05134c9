import { expect, test } from 'vitest'
import { formatName } from './format-name.ts'

test('formats are called what people call them', () => {
  expect(formatName('MPEG 1 Layer 3', 'MPEG')).toBe('MP3')
  expect(formatName('FLAC', 'FLAC')).toBe('FLAC')
  expect(formatName('MPEG-4/AAC', 'M4A/isom/iso2')).toBe('AAC')
  expect(formatName('ALAC', 'M4A/isom/iso2')).toBe('ALAC')
  expect(formatName('Vorbis I', 'Ogg')).toBe('Ogg Vorbis')
  expect(formatName('PCM', 'WAVE')).toBe('WAV')
  expect(formatName('PCM', 'AIFF')).toBe('AIFF')
})

test('what has no such name keeps its own, and what is not known is null', () => {
  expect(formatName('TTA', undefined)).toBe('TTA')
  expect(formatName(undefined, undefined)).toBeNull()
})
