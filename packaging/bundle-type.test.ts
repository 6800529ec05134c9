/** What each system is told of a model bundle is what the program writes. */
import { expect, test } from 'vitest'
import { BUNDLE_ENDING, BUNDLE_MAGIC } from '../src/core/models/bundle-file.ts'
import { text } from './texts.ts'

const found = (file: string, pattern: RegExp): readonly string[] =>
  [...text(file, { VERSION: '1.2.3' }).matchAll(pattern)].map(([, value]) => value!)

test('all systems know a bundle by the ending that it is given, Linux also by how it begins', () => {
  expect(found('linux/algiers.xml', /<glob pattern="\*([^"]+)"/g)).toEqual([BUNDLE_ENDING])
  expect(found('linux/algiers.xml', /<match type="string" offset="0" value="([^"]+)"/g)).toEqual([BUNDLE_MAGIC])
  expect(found('macos/Info.plist', /filename-extension<\/key><array><string>([^<]+)</g)).toEqual([
    BUNDLE_ENDING.slice(1),
  ])
  expect(found('windows/install.ps1', /"\$classes\\(\.[^"]+)"/g)).toEqual([BUNDLE_ENDING])
  expect(found('windows/uninstall.ps1', /'Classes\\(\.[^']+)'/g)).toEqual([BUNDLE_ENDING])
})

test('Linux and macOS call it by one type, which the entry in the menu opens', () => {
  const [type, ...others] = [
    ...found('linux/algiers.xml', /mime-type type="([^"]+)"/g),
    ...found('linux/algiers.desktop', /MimeType=([^;]+);/g),
    ...found('macos/Info.plist', /public\.mime-type<\/key><array><string>([^<]+)</g),
  ]
  expect(others).toEqual([type, type])
})
