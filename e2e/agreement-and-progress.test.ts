import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../src/api/operations/client.ts'
import { startTestServer, type TestServer } from '../src/api/server.fixture.ts'
import { addFixtureTrack, addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { violationsInBothThemes } from './axe.fixture.ts'
import { browserPath, openPage } from './browser.fixture.ts'

let server: TestServer
let client: Client
beforeEach(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    addFixtureTrack(store, { index: 30 })
  })
  client = createClient(server.address)
  await server.app.versions.train({ epochs: 8 })
})
afterEach(() => server.close())

describe.skipIf(browserPath === undefined)('what labelling brought', () => {
  test('is told after the next training, with how often one agrees with oneself; by the keyboard alone', async () => {
    const { page, complaints, close } = await openPage(`${server.address}/review`, { width: 390, height: 844 })
    const progress = page.getByRole('region', { name: 'What got better' })
    await progress.getByText('v1', { exact: true }).waitFor()
    const [track] = (await server.app.collection.listTracks()).filter(({ title }) => title === '30')
    await server.app.labelling.add(String(track!.id), { kind: 'drop', startBeat: 32, endBeat: 64 })
    await progress.getByText(/1 label/).waitFor()
    await server.app.versions.train({ epochs: 8 })
    await progress
      .getByText(/^v2 learnt from 1 label more than v1\. On the same \d+ labels of \d+ tracks, it gets /)
      .waitFor()

    const again = page.getByRole('region', { name: 'Do you still call it that?' })
    await again.getByText('2 questions due').waitFor()
    const asked = (await client.selfAgreement()).question!
    const label = (await client.listLabels({ query: {} })).find(({ id }) => id === asked.label_id)!
    const answer = async (kind: string): Promise<void> => {
      await again.getByRole('button', { name: kind }).focus()
      await page.keyboard.press('Enter')
    }
    await again.getByRole('button', { name: 'Ask me' }).focus()
    await page.keyboard.press('Enter')
    await again.getByText(/What do you call bars /).waitFor()
    // Neither the question nor what else is on the screen says what it was called.
    const others = { name: /^(Label doctor|Accept what is sure|What got better)$/ }
    expect(await page.getByRole('region', others).count()).toBe(0)
    expect(await again.getByText(label.label_value).count()).toBe(1)
    await answer(label.label_value)
    await again.getByText(`You call it ${label.label_value}, as before.`).waitFor()
    await again.getByText(/^You agree with yourself on 100 % of 1 section/).waitFor()
    const next = (await client.selfAgreement()).question!
    const second = (await client.listLabels({ query: {} })).find(({ id }) => id === next.label_id)!
    const otherwise = second.label_value === 'drop' ? 'break' : 'drop'
    await answer(otherwise)
    await again.getByText(`You call it ${otherwise} now; your label says ${second.label_value}.`).waitFor()
    await again.getByText(/^You agree with yourself on 50 % of 2 sections/).waitFor()
    expect(await violationsInBothThemes(page)).toEqual([])
    await again.getByRole('button', { name: `Change the label to ${otherwise}` }).focus()
    await page.keyboard.press('Enter')
    await again.getByText(/questions? due/).waitFor({ state: 'detached' })
    await expect
      .poll(async () => (await client.listLabels({ query: {} })).find(({ id }) => id === second.id)!.label_value)
      .toBe(otherwise)
    await again.getByRole('button', { name: `Change it back to ${second.label_value}` }).focus()
    await page.keyboard.press('Enter')
    await again.getByRole('button', { name: `Change the label to ${otherwise}` }).waitFor()
    await again.getByRole('button', { name: 'Enough for now' }).click()
    await page.getByRole('region', { name: 'Label doctor' }).waitFor()
    await expect
      .poll(async () => (await client.listLabels({ query: {} })).find(({ id }) => id === second.id)!.label_value)
      .toBe(second.label_value)

    // It is the ceiling of every report.
    await page.goto(`${server.address}/training`)
    const model = page.getByRole('listitem', { name: 'v2', exact: true })
    await model.getByRole('button', { name: 'Report' }).click()
    await page.getByText(/agree with yourself on 50 %/).waitFor()
    expect(complaints).toEqual([])
    await close()
  })
})
