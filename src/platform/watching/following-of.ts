import { statfs } from 'node:fs/promises'

/** How changes of a folder are noticed: told by the system, by looking from time to time, or both. */
export type Following = 'watch' | 'interval' | 'both'

/**
 * Types of file systems whose changes on other machines Linux does not tell (statfs(2), linux/magic.h): NFS, SMB, CIFS,
 * SMB2, FUSE, 9P, AFS, Coda, NCP, Ceph.
 */
const REMOTE: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x5346414f, 0x73757245, 0x564c, 0x00c36400,
])

/** @param typeOf tells the type of the file system that a path lies on */
export const followingOf = async (
  path: string,
  platform: NodeJS.Platform = process.platform,
  typeOf = async (place: string): Promise<number> => (await statfs(place)).type,
): Promise<Following> => {
  if (platform === 'win32') return path.startsWith('\\\\') ? 'interval' : 'watch'
  // Of a whole machine everything would be told, at every moment.
  if (path === '/') return 'interval'
  // What is mounted there may be a drive of this Mac or of another, and only of the first all changes are told.
  if (platform === 'darwin') return path.startsWith('/Volumes/') ? 'both' : 'watch'
  // A folder that cannot be asked is away, and looked for from time to time.
  const type = await typeOf(path).catch(() => null)
  return type === null || REMOTE.has(type) ? 'interval' : 'watch'
}
