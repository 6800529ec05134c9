import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { typedFolder } from './typed-folder.ts'

test.each([
  ['/music', resolve('/music')],
  ['  /music/Deep House/ ', resolve('/music/Deep House')],
  ['"/music/Deep House"', resolve('/music/Deep House')],
  ["'/music/Deep House'", resolve('/music/Deep House')],
  ['/music/"12 inch"', resolve('/music/"12 inch"')],
  ['~', homedir()],
  ['~/Music', join(homedir(), 'Music')],
  ['"~/Music"', join(homedir(), 'Music')],
  ['~dj/Music', resolve('~dj/Music')],
  ['file:///music/Deep%20House', resolve('/music/Deep House')],
  ['file:///music/100%', resolve('file:///music/100%')],
])('%j is %s', (text, path) => {
  expect(typedFolder(text)).toBe(path)
})
