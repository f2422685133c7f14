/* Partial pooling of groups of a reference class; see survival.h.
 *
 * For each candidate standard deviation t between groups, every group's mode under the prior N(centre, t^2) is found
 * and its marginal likelihood is approximated by Laplace: log m = -cost - 1/2 ln det(t^2 H), H the second derivatives
 * of the cost (likelihood and prior) there. For t = 0 it is the likelihood at the centre. The t with the largest sum
 * wins. */
#include <math.h>
#include <string.h>

#include "analysis/minimise.h"
#include "analysis/slip_model.h"

static const double candidates[] = {0, 0.1, 0.2, 0.35, 0.6, 1, 1.7};
enum { CANDIDATES = sizeof candidates / sizeof *candidates };

static void pack(const oc_slip_spec *spec, const oc_slip_model *m, double *x)
{
    size_t next = 2;
    x[0] = m->location;
    x[1] = log(m->spread);
    if (spec->with_never) x[next++] = fmin(11, fmax(-11, log(m->never / (1 - m->never))));
    if (spec->with_on_time) x[next] = fmin(11, fmax(-11, log(m->on_time / (1 - m->on_time))));
}

/* Where a group's posterior is highest. */
typedef struct mode {
    double x[4], factor[16]; /* Cholesky's of the second derivatives */
    bool fitted;
} mode;

/* The mode of one group under the prior and its log marginal likelihood; NAN if it cannot be had. */
static double find_mode(oc_slip_data *data, double *x, double *factor)
{
    size_t n = oc_slip_parameters(&data->spec);
    memcpy(x, data->centre, n * sizeof *x);
    if (data->between == 0) return -oc_slip_cost(x, data);
    double cost = oc_minimise_round(oc_slip_cost, data, x, n, 0.5 * data->between);
    if (!isfinite(cost)) return NAN;
    oc_hessian(oc_slip_cost, data, x, n, 1e-3, factor);
    if (!oc_cholesky(factor, n)) return NAN;
    double log_determinant = 0;
    for (size_t i = 0; i < n; i++) log_determinant += 2 * log(factor[i * n + i] * data->between);
    return -cost - 0.5 * log_determinant;
}

/* The inverse of H = L L' from its Cholesky factor L. */
static void invert(const double *l, size_t n, double *inverse)
{
    double lower[16] = {0};
    for (size_t c = 0; c < n; c++)
        for (size_t i = c; i < n; i++) {
            double sum = i == c;
            for (size_t k = c; k < i; k++) sum -= l[i * n + k] * lower[k * n + c];
            lower[i * n + c] = sum / l[i * n + i];
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            inverse[i * n + j] = 0;
            for (size_t k = 0; k < n; k++) inverse[i * n + j] += lower[k * n + i] * lower[k * n + j];
        }
}

/* Covariance of the centre, from all cases. The ridge stands for a prior of standard deviation 4, which keeps a share
 * near 0 or 1 from making the matrix singular. */
static bool centre_covariance(const oc_observed *cases, size_t count, oc_slip_data *data, double *covariance)
{
    size_t n = oc_slip_parameters(&data->spec);
    double hessian[16];
    oc_slip_data whole = *data;
    whole.cases = cases;
    whole.fixed = NULL;
    whole.count = count;
    whole.between = 0;
    oc_hessian(oc_slip_cost, &whole, data->centre, n, 1e-3, hessian);
    for (size_t i = 0; i < n; i++) hessian[i * n + i] += 1.0 / 16;
    if (!oc_cholesky(hessian, n)) return false;
    invert(hessian, n, covariance);
    return true;
}

/* Covariance of a group: its own given the centre, plus that of the centre carried over by the weight of the prior,
 * W = own / t^2 (Kass and Steffey 1989, equation 3.8). With t = 0 the group is the centre. */
static void add_up(const double *own, const double *centre, double between, size_t n, double out[4][4])
{
    double weight[16] = {0}, half[16] = {0}, sum[16] = {0};
    for (size_t i = 0; i < n * n; i++)
        weight[i] = between > 0 ? own[i] / (between * between) : (i % (n + 1) == 0 ? 1 : 0);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k++) half[i * n + j] += weight[i * n + k] * centre[k * n + j];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            sum[i * n + j] = between > 0 ? own[i * n + j] : 0;
            for (size_t k = 0; k < n; k++) sum[i * n + j] += half[i * n + k] * weight[j * n + k];
        }
    if (!oc_cholesky(sum, n)) memset(sum, 0, sizeof sum);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) out[i][j] = sum[i * n + j];
}

typedef struct split {
    oc_observed *cases; /* sorted by group */
    oc_slip_fixed *fixed; /* of each */
    size_t *first;      /* first case of each group; one more at the end */
} split;

static split split_cases(oc_arena *arena, const oc_observed *cases, const size_t *group_of, size_t count,
                         size_t groups, const oc_slip_spec *spec)
{
    split s = {OC_NEW_ARRAY(arena, count, oc_observed), OC_NEW_ARRAY(arena, count, oc_slip_fixed),
               OC_NEW_ARRAY(arena, groups + 1, size_t)};
    size_t next = 0;
    for (size_t g = 0; g < groups; g++) {
        s.first[g] = next;
        for (size_t i = 0; i < count; i++)
            if (group_of[i] == g) s.cases[next++] = cases[i];
    }
    s.first[groups] = next;
    for (size_t i = 0; i < count; i++) s.fixed[i] = oc_slip_fix(spec, s.cases[i]);
    return s;
}

/* The log marginal likelihood of all groups, and their modes. */
static double marginal(const split *s, size_t groups, oc_slip_data *data, mode *modes)
{
    double sum = 0;
    for (size_t g = 0; g < groups; g++) {
        data->cases = s->cases + s->first[g];
        data->fixed = s->fixed + s->first[g];
        data->count = s->first[g + 1] - s->first[g];
        modes[g] = (mode){0};
        double value = find_mode(data, modes[g].x, modes[g].factor);
        modes[g].fitted = !isnan(value);
        sum += value;
    }
    return sum;
}

/* Writes the group's model; returns the share of the prior in its information, 1 where its own cases say nothing. */
static double describe_group(const split *s, size_t g, const oc_slip_data *data, const mode *found,
                             const double *centre, oc_slip_group *ret)
{
    size_t n = oc_slip_parameters(&data->spec);
    double own[16] = {0}, weight = 0;
    bool fitted = found->fitted;
    *ret = (oc_slip_group){.cases = s->first[g + 1] - s->first[g], .parameters = n};
    for (size_t i = s->first[g]; i < s->first[g + 1]; i++) ret->done += !isinf(s->cases[i].high);
    memcpy(ret->centre, fitted ? found->x : data->centre, n * sizeof *ret->centre);
    if (fitted && data->between > 0) invert(found->factor, n, own);
    add_up(own, centre, fitted ? data->between : 0, n, ret->factor);
    ret->model = oc_slip_unpack(&data->spec, ret->centre);
    if (data->between == 0 || !fitted) return 1;
    for (size_t i = 0; i < n; i++) weight += fmin(1, own[i * n + i] / (data->between * data->between)) / (double)n;
    return weight;
}

bool oc_slip_pool_groups(oc_arena *arena, const oc_observed *cases, const size_t *group_of, size_t count,
                         size_t groups, const oc_slip_fit *all, oc_slip_pool *ret_pool)
{
    if (groups == 0) return false;
    for (size_t i = 0; i < count; i++)
        if (group_of[i] >= groups) return false;
    split s = split_cases(arena, cases, group_of, count, groups, &all->spec);
    oc_slip_data data = {.spec = all->spec};
    pack(&all->spec, &all->model, data.centre);
    double best = -INFINITY, between = 0;
    mode *modes = OC_NEW_ARRAY(arena, groups, mode), *tried = OC_NEW_ARRAY(arena, groups, mode);
    for (size_t c = 0; c < CANDIDATES; c++) {
        data.between = candidates[c];
        double value = marginal(&s, groups, &data, tried);
        if (value > best + 1e-9) {
            best = value;
            between = candidates[c];
            memcpy(modes, tried, groups * sizeof *modes);
        }
    }
    *ret_pool = (oc_slip_pool){all->spec, between, 0, best, groups, OC_NEW_ARRAY(arena, groups, oc_slip_group)};
    double centre[16] = {0};
    if (!isfinite(best) || !centre_covariance(cases, count, &data, centre)) return false;
    data.between = between;
    for (size_t g = 0; g < groups; g++)
        ret_pool->pulled += describe_group(&s, g, &data, &modes[g], centre, &ret_pool->group[g]) / (double)groups;
    return true;
}
