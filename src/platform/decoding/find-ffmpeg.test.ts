import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFfmpeg } from './find-ffmpeg.ts'

const NAME = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-ffmpeg-'))
  for (const place of ['on the path', 'homebrew', 'forbidden']) {
    mkdirSync(join(folder, place))
    writeFileSync(join(folder, place, NAME), '')
    chmodSync(join(folder, place, NAME), place === 'forbidden' ? 0o644 : 0o755)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

test('ffmpeg is looked for on the PATH, then where a Mac has it that was not started from a terminal', () => {
  const at = (place: string): string => join(folder, place)
  const path = [at('missing'), '', at('forbidden'), at('on the path')].join(delimiter)
  expect(findFfmpeg(path, [at('homebrew')])).toBe(join(at('on the path'), NAME))
  expect(findFfmpeg(at('missing'), [at('missing'), at('homebrew')])).toBe(join(at('homebrew'), NAME))
  expect(findFfmpeg('', [])).toBeNull()
})
