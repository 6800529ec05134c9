import { beforeEach, expect, test } from 'vitest'
import { initCatalogue } from '../../catalogue.ts'
import { connect } from '../../platform/catalogue/connect.ts'
import { lineTo } from '../../platform/catalogue/cut-line.fixture.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import type { CatalogueUser } from '../../platform/catalogue/user-rows.ts'
import type { LoggedEvent } from '../kit/event-log.ts'
import { sharedEvents } from './shared-events.ts'

const postgres = sharedPostgres()
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))

test('a line that was cut without a word is noticed, and what happened meanwhile is told, once each', async () => {
  const url = postgres!.database()
  await initCatalogue(url, null)
  const line = await lineTo(url)
  const [cutOff, beside] = [connect(line.url, { answeredWithinMs: 300 }), connect(url)]
  const user = { teamId: 1 } as CatalogueUser
  const events = sharedEvents(cutOff, { current: () => user }, { askedEveryMs: 200 })
  const heard: LoggedEvent[] = []
  const { promise: both, resolve } = Promise.withResolvers<void>()
  await events.follow(null, (event) => {
    heard.push(event)
    if (heard.length === 2) resolve()
  })
  line.cut()
  for (const trackId of [1, 2])
    await beside.transaction((sql) => putEvent(sql, null, { type: 'analysis', trackId, failure: null }))
  await both
  expect(heard.map(({ event }) => event)).toMatchObject([{ trackId: 1 }, { trackId: 2 }])
  events.close()
  await cutOff.close()
  await beside.close()
  line.close()
})
