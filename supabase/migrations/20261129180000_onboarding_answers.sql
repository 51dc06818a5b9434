-- What a new user said of the first analysis is kept, and where it was.

ALTER TABLE user_onboarding ADD COLUMN first_analysis_reference text;
ALTER TABLE user_onboarding ADD COLUMN first_analysis_feedback text;

-- The steps that are done after some more were done or skipped, in their order, and the first that is left (null for none).
CREATE FUNCTION onboarding_steps(p_before text[], p_all text[], p_more text[], OUT done text[], OUT next text)
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT coalesce(pg_catalog.array_agg(s.step ORDER BY s.place) FILTER (WHERE s.done), '{}'),
           (pg_catalog.array_agg(s.step ORDER BY s.place) FILTER (WHERE NOT s.done))[1]
    FROM (SELECT a.step, a.place, a.step = ANY (p_before) OR a.step = ANY (p_more) AS done
          FROM pg_catalog.unnest(p_all) WITH ORDINALITY a (step, place)) s
$$;
