import { expect, test } from 'vitest'
import { findDropped } from './match-folder.ts'

const DISK: Readonly<Record<string, readonly string[]>> = {
  '/home': ['Desktop', 'Music', 'secret'],
  '/home/Music': ['House', 'Techno'],
  '/home/Music/House': ['2019', '2020'],
  '/home/Desktop': ['House'],
  '/home/Desktop/House': ['old'],
}
const listed: string[] = []
const list = async (path: string) => {
  listed.push(path)
  if (path === '/home/secret') return null
  return { path, folders: (DISK[path] ?? []).map((name) => ({ name, path: `${path}/${name}` })) }
}

test('every folder of the dropped name is found, those with the same folders inside first', async () => {
  expect(await findDropped({ name: 'House', folders: ['2020', '2019'] }, ['/home', '/home/Music'], list)).toEqual([
    { path: '/home/Music/House', isSureMatch: true },
    { path: '/home/Desktop/House', isSureMatch: false },
  ])
})

test('what is nowhere near is not found, and no folder is looked into twice for it', async () => {
  listed.length = 0
  expect(await findDropped({ name: 'Vinyl rips', folders: [] }, ['/home', '/home/Music'], list)).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
})
