import fc from 'fast-check'
import { expect, test } from 'vitest'
import { locationOfPath, locationOfUrl } from './foreign-location.ts'

const root = (path: string): unknown => ({ path, from: 'root', streaming: null })

test.each([
  ['file://localhost/D:/Music/a%20b.mp3', 'D:/Music/a b.mp3'],
  ['file://localhost/Users/dj/What%20now?%20(Mix%20#2).mp3', '/Users/dj/What now? (Mix #2).mp3'],
  ['file://localhost/Users/dj/R%c3%a9gine.mp3', '/Users/dj/Régine.mp3'],
  ['file://localhost/Users/dj/100% Pure/a.mp3', '/Users/dj/100% Pure/a.mp3'],
  ['file://localhost/Users/dj/100%%20Pure%20%231%ff.mp3', '/Users/dj/100% Pure #1%ff.mp3'],
  ['file://localhost/D:\\Music\\a.mp3', 'D:/Music/a.mp3'],
  ['file:///Users/dj/a.mp3', '/Users/dj/a.mp3'],
  ['file://localhost//nas/music/a.mp3', '//nas/music/a.mp3'],
  ['file://nas/music/a.mp3', '//nas/music/a.mp3'],
  ['file://localhost{music}/a%20b.wav', '{music}/a b.wav'],
  ['file:/Users/dj/a%20b.mp3', '/Users/dj/a b.mp3'],
  ['file:/C:/Music/a.mp3', 'C:/Music/a.mp3'],
  ['file:///C|/Music/a|b.mp3', 'C:/Music/a|b.mp3'],
  ['file://127.0.0.1/Users/dj/a.mp3', '/Users/dj/a.mp3'],
  ['file://///nas/music/a.mp3', '//nas/music/a.mp3'],
  ['file://localhost/D:/Music/../Sets/./a.mp3', 'D:/Sets/a.mp3'],
  ['smb://nas/music/a%20b.mp3', '//nas/music/a b.mp3'],
])('%s lies at %s', (url, path) => expect(locationOfUrl(url)).toEqual(root(path)))

test.each([
  ['file://localhostsoundcloud:tracks:939313636', 'soundcloud'],
  ['file://localhost/tidal:tracks:123', 'tidal'],
  ['file://localhostapple-music:tracks:9', 'apple-music'],
  ['https://soundcloud.com/a/b', 'soundcloud.com'],
])('%s is streamed from %s', (url, streaming) =>
  expect(locationOfUrl(url)).toEqual({ path: null, from: 'nowhere', streaming }),
)

test('paths of any machine', () => {
  expect(locationOfPath('x:\\This\\is\\a.mp3')).toEqual(root('x:/This/is/a.mp3'))
  expect(locationOfPath('\\\\nas\\music\\a.mp3')).toEqual(root('//nas/music/a.mp3'))
  expect(locationOfPath('\\\\?\\D:\\Music\\a.mp3')).toEqual(root('D:/Music/a.mp3'))
  expect(locationOfPath('\\\\?\\UNC\\nas\\music\\a.mp3')).toEqual(root('//nas/music/a.mp3'))
  expect(locationOfPath('/music/../../x/a.mp3')).toEqual(root('/x/a.mp3'))
  expect(locationOfPath('../a.mp3', 'library').path).toBe('../a.mp3')
  expect(locationOfPath('/home/dj/a\\b.mp3')).toEqual(root('/home/dj/a\\b.mp3'))
  expect(locationOfPath('Live: Set.mp3', 'library')).toEqual({
    path: 'Live: Set.mp3',
    from: 'library',
    streaming: null,
  })
  expect(locationOfPath('')).toEqual({ path: null, from: 'nowhere', streaming: null })
})

test('every path comes back from its encoded URL', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (names) => {
      fc.pre(names.every((name) => !/^\.{1,2}$/.test(name)))
      const path = `/Users/${names.map((name) => name.replaceAll('/', ' ')).join('/')}`
      const url = `file://localhost${path.split('/').map(encodeURIComponent).join('/')}`
      expect(locationOfUrl(url)).toEqual(root(path))
    }),
  )
})
