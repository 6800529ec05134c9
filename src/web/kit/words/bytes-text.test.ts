import { expect, test } from 'vitest'
import { bytesText } from './bytes-text.ts'

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [12_540, '12.5 kB'],
  [340_000_000, '340 MB'],
  [62_600_000_000, '62.6 GB'],
  [5e15, '5000 TB'],
])('%i bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))
