/** The property lists of the bundle are read as macOS reads them: a slip in one would keep the program from being known at all. */
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { text } from './texts.ts'

type Value = string | boolean | Value[] | { [key: string]: Value }

/** https://www.apple.com/DTDs/PropertyList-1.0.dtd, as far as it is used here. @throws on anything else */
const readPropertyList = (xml: string): Value => {
  const parser = new SaxesParser()
  const open: { readonly name: string; readonly values: Value[]; readonly keys: string[]; words: string }[] = []
  let whole: Value | undefined
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => open.push({ name, values: [], keys: [], words: '' }))
  parser.on('text', (words) => {
    if (open.length > 0) open.at(-1)!.words += words
  })
  parser.on('closetag', () => {
    const { name, values, keys, words } = open.pop()!
    const parent = open.at(-1)
    if (name === 'key') return void parent!.keys.push(words)
    if (name === 'plist') {
      ;[whole] = values
      return
    }
    if (name === 'dict' && keys.length !== values.length)
      throw new Error(`${keys.join(', ')} have ${values.length} values`)
    const kinds: Readonly<Record<string, () => Value>> = {
      string: () => words,
      true: () => true,
      false: () => false,
      array: () => values,
      dict: () => Object.fromEntries(keys.map((key, at) => [key, values[at]!])),
    }
    parent!.values.push(kinds[name]!())
  })
  parser.write(xml).close()
  return whole!
}

test('the bundle says what it is, what it needs, and that its script is not to be run by Rosetta', () => {
  expect(readPropertyList(text('macos/Info.plist', { VERSION: '1.2.3' }))).toMatchObject({
    CFBundlePackageType: 'APPL',
    CFBundleExecutable: 'Algiers',
    CFBundleIdentifier: 'app.algiers',
    CFBundleVersion: '1.2.3',
    CFBundleShortVersionString: '1.2.3',
    CFBundleDevelopmentRegion: 'en',
    LSMinimumSystemVersion: '14.0',
    LSArchitecturePriority: ['arm64'],
    LSRequiresNativeExecution: true,
    LSUIElement: true,
    // A script is not told which file was opened.
    CFBundleDocumentTypes: [{ CFBundleTypeRole: 'None', LSItemContentTypes: ['app.algiers.model'] }],
    UTExportedTypeDeclarations: [{ UTTypeIdentifier: 'app.algiers.model', UTTypeConformsTo: ['public.data'] }],
  })
})

test('Node may compile what it runs, and load the native runtime that others have signed', () => {
  expect(readPropertyList(text('macos/node.entitlements'))).toEqual({
    'com.apple.security.cs.allow-jit': true,
    'com.apple.security.cs.allow-unsigned-executable-memory': true,
    'com.apple.security.cs.disable-library-validation': true,
  })
})
