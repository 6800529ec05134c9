import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openDatabase } from '../src/platform/store/database.ts'
import { migrations } from '../src/platform/store/migrations.ts'
import type { DebianRoot } from './debian-root.fixture.ts'
import { asRoot, HOME, install, LIBRARY, open, openAt } from './installed.fixture.ts'
import { type Release, version } from './release.fixture.ts'

/** How what was installed comes to its end. @param debian where a library lies */
export const testUpdateAndRemoval = (debian: () => DebianRoot, release: () => Release): void => {
  test('a library of the version before is copied, then brought up to date; without room for the copy, or of a newer version, it is left as it is', () => {
    asRoot(debian(), 'mkdir', '-p', `${HOME}/small`)
    asRoot(debian(), 'mount', '-t', 'tmpfs', '-o', 'size=6m,mode=777', 'small', `${HOME}/small`)
    const older = mkdtempSync(join(debian().folder, HOME, 'older-'))
    const place = `${HOME}/small/library`
    const before = migrations.length - 1
    const old = openDatabase({
      path: join(older, 'algiers.db'),
      backups: older,
      migrations: migrations.slice(0, before),
    })
    old.exec(`
        INSERT INTO tracks (id, audio_digest, tags, added_at) VALUES (1, '1', '{}', '');
        INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at) VALUES (1, 0, 32, 'drop', 'user', '');
        CREATE TABLE ballast (bytes BLOB);
        INSERT INTO ballast VALUES (randomblob(3000000))`)
    old.close()
    asRoot(debian(), 'mv', older.slice(debian().folder.length), place)
    asRoot(debian(), 'chown', '-R', 'dj:dj', place)
    /** How many steps a library has had, and how many labels it has; its disk is seen from inside alone. */
    const stateOf = (file: string): object => {
      asRoot(debian(), 'cp', file, '/root/seen.db')
      const database = new DatabaseSync(join(debian().folder, 'root', 'seen.db'))
      const [{ user_version: steps }, { labels }] = [
        'PRAGMA user_version',
        'SELECT count(*) AS labels FROM labels',
      ].map((sql) => database.prepare(sql).get()) as [{ user_version: number }, { labels: number }]
      database.close()
      return { steps, labels }
    }
    const copies = (): readonly string[] =>
      debian()
        .run(['ls', '-A', `${place}/backups`])
        .stdout.split('\n')
        .filter((name) => name.includes('schema'))
    expect(install(debian(), release())).toContain(`Unpacking algiers (${version}) over (${version})`)
    expect(openAt(debian(), place).error).toMatchObject({ code: 'STORAGE_FULL' })
    expect([stateOf(`${place}/algiers.db`), copies()]).toEqual([{ steps: before, labels: 1 }, []])
    asRoot(debian(), 'mount', '-o', 'remount,size=64m', `${HOME}/small`)
    const examine = ['env', `ALGIERS_DATA_DIR=${place}`, 'algiers', 'doctor', '--json']
    expect(debian().run(examine)).toMatchObject({ code: 0 })
    expect(stateOf(`${place}/algiers.db`)).toEqual({ steps: migrations.length, labels: 1 })
    expect(copies().map((name) => stateOf(`${place}/backups/${name}`))).toEqual([{ steps: before, labels: 1 }])
    const newer = openDatabase({
      path: join(debian().folder, 'root', 'seen.db'),
      backups: join(debian().folder, 'root'),
      migrations: [...migrations, 'CREATE TABLE later (id INTEGER)'],
    })
    newer.close()
    asRoot(debian(), 'cp', '/root/seen.db', `${place}/algiers.db`)
    expect(openAt(debian(), place).error).toMatchObject({
      code: 'SCHEMA_TOO_NEW',
      hint: 'Update Algiers; nothing was changed.',
    })
    expect(stateOf(`${place}/algiers.db`)).toMatchObject({ steps: migrations.length + 1 })
  })

  test('removing the program while it runs ends it, leaves the library, and says where that is', async () => {
    open(debian())
    const { code, stdout } = debian().run(['dpkg', '--remove', 'algiers'], { user: 'root' })
    expect(code).toBe(0)
    expect(stdout).toContain('~/.local/share/algiers')
    await expect
      .poll(() => debian().run(['sh', '-c', 'readlink /proc/[0-9]*/exe']).stdout)
      .not.toContain('runtime/node')
    const log = readFileSync(join(debian().folder, LIBRARY, 'logs', 'algiers.log'), 'utf8')
    expect(log.trimEnd()).toMatch(/- Algiers stops serving$/)
    expect(
      debian().run(['sh', '-c', 'ls -d /usr/lib/algiers /usr/bin/algiers /usr/share/applications/algiers.desktop'])
        .stdout,
    ).toBe('')
    expect(
      debian().run(['cat', '/usr/share/mime/globs2', '/usr/share/applications/mimeinfo.cache']).stdout,
    ).not.toContain('algiers')
    expect(statSync(join(debian().folder, LIBRARY, 'algiers.db')).size).toBeGreaterThan(0)
  })
}
