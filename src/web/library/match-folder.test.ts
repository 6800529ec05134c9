import { expect, test } from 'vitest'
import { findDropped } from './match-folder.ts'

const DISK: Readonly<Record<string, readonly string[]>> = {
  '/home': ['Desktop', 'Music', 'secret'],
  '/home/Music': ['House', 'Techno'],
  '/home/Music/House': ['2019', '2020', 'one.mp3', 'two.mp3'],
  '/home/Music/Techno': ['House'],
  '/home/Music/Techno/House': [],
  '/home/Desktop': ['House'],
  '/home/Desktop/House': ['one.mp3', 'other.flac'],
}
const listed: string[] = []
const list = async (path: string) => {
  listed.push(path)
  if (path === '/home/secret') return null
  const names = DISK[path] ?? []
  return {
    path,
    folders: names.filter((name) => !name.includes('.')).map((name) => ({ name, path: `${path}/${name}` })),
    audio_names: names.filter((name) => name.includes('.')),
  }
}
const dropped = { name: 'House', folders: ['2020', '2019'], files: ['one.mp3', 'two.mp3', 'cover.jpg'] }

test('every folder of the dropped name is found, those whose contents are most like it first', async () => {
  expect(await findDropped(dropped, ['/home', '/home/Music'], list)).toEqual([
    { path: '/home/Music/House', inside: 4, shared: 4, isSureMatch: true },
    { path: '/home/Desktop/House', inside: 2, shared: 1, isSureMatch: false },
    { path: '/home/Music/Techno/House', inside: 0, shared: 0, isSureMatch: false },
  ])
})

test('a folder that lacks one of the dropped folders, or holds other music besides, is not sure to be it', async () => {
  const [more] = await findDropped({ ...dropped, folders: ['2019', '2020', '2021'] }, ['/home/Music'], list)
  expect(more).toMatchObject({ path: '/home/Music/House', isSureMatch: false })
  const [less] = await findDropped({ ...dropped, files: ['one.mp3'] }, ['/home/Music'], list)
  expect(less).toMatchObject({ shared: 3, isSureMatch: false })
})

test('what is nowhere near is not found, and no folder is looked into twice for it', async () => {
  listed.length = 0
  expect(await findDropped({ name: 'Vinyl rips', folders: [], files: [] }, ['/home', '/home/Music'], list)).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
})
