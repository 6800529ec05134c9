import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Operation } from './operations/operation.ts'
import { operations } from './operations/operations.ts'
import { startTestServer } from './server.fixture.ts'

type NumberSchema = { readonly type?: string; readonly minimum?: number; readonly const?: number; enum?: number[] }

/** Every number that an address may hold, by its operation. */
const numbers = Object.entries(operations).flatMap(([operation, { params, query }]: [string, Operation]) =>
  [params, query].flatMap((schema) =>
    schema instanceof z.ZodObject
      ? Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
          const told = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }) as NumberSchema
          return told.type === 'number' || told.type === 'integer'
            ? [{ where: `${operation}.${name}`, field, told }]
            : []
        })
      : [],
  ),
)

test('in an address a number is digits, and no other text that would make one', () => {
  expect(numbers.length).toBeGreaterThan(80)
  for (const { where, field, told } of numbers) {
    const good = String(told.const ?? told.enum?.[0] ?? Math.max(1, told.minimum ?? 1))
    expect(field.safeParse(good), `${where} ${good}`).toMatchObject({ success: true, data: Number(good) })
    for (const wrong of [` ${good}`, `${good} `, `0x${good}`, `${good}e0`, `+${good}`, '', ' ', `${good}\n`])
      expect(field.safeParse(wrong).success, `${where} ${JSON.stringify(wrong)}`).toBe(false)
    if (told.type === 'integer') expect(field.safeParse(`${good}.0`).success, where).toBe(false)
  }
})

test('what is no number of a set deletes none', async () => {
  const server = await startTestServer()
  const { status, body } = await server.json<{ id: number }>('POST', '/api/sets', { name: 'Friday' })
  expect([status, body.id]).toEqual([201, 1])
  for (const wrong of ['%201', '1%20', '0x1', '1e0', '1.0', '%2B1'])
    expect((await server.json('DELETE', `/api/sets/${wrong}`)).status, wrong).toBe(422)
  expect((await server.json('DELETE', '/api/sets/1')).status).toBe(200)
  await server.close()
})
