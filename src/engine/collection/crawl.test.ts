import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askNobody, canAskNobody, giveToNobody, whileClosed } from '../../platform/store/as-nobody.fixture.ts'

let music = ''
beforeEach(() => {
  music = mkdtempSync(join(tmpdir(), 'algiers-crawl-'))
})
afterEach(() => rmSync(music, { recursive: true }))

test.runIf(canAskNobody)('a new file that cannot be read is a failure, and listed once it can be', () => {
  const file = join(music, 'closed.wav')
  writeFileSync(file, '')
  for (const place of [music, file]) giveToNobody(place)
  const crawled = (): unknown =>
    askNobody(join(import.meta.dirname, 'crawl.ts'), `it.crawl('${music}', { folders: ['${music}'] })`)
  expect(whileClosed(file, crawled)).toMatchObject({
    files: [],
    failures: [{ file, error: { code: 'AUDIO_UNREADABLE' } }],
  })
  expect(crawled()).toMatchObject({ files: [{ path: 'closed.wav' }], failures: [] })
})
