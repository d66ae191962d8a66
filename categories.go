package trackunit

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
)

// Categories sort units.
type Categories struct{ port *generated.ISyncReplyClient }

// A Category is a name under which units are sorted: UnitFilter.CategoryID finds them, UpdateUnit.CategoryID sorts them.
type Category = generated.Category

// A CreateCategory is a new category. Name is needed.
type CreateCategory = generated.CreateCategory

// An UpdateCategory renames the category ID.
type UpdateCategory = generated.UpdateCategory

// List returns all categories.
//
// Documentation: https://dev.trackunit.com/docs/category (operation GetCategory)
func (c *Categories) List(ctx context.Context, opts ...CallOption) ([]Category, error) {
	return c.find(ctx, generated.GetCategory{}, opts)
}

// Get returns the category with that id.
//
// Errors: ErrCategoryNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/category (operation GetCategory)
func (c *Categories) Get(ctx context.Context, id string, opts ...CallOption) (Category, error) {
	const op = "GetCategory"
	if err := needID(op, id); err != nil {
		return Category{}, err
	}
	categories, err := c.find(ctx, generated.GetCategory{ID: Some(id)}, opts)
	if err != nil {
		return Category{}, err
	}
	return one(op, categories, ErrCategoryNotFound)
}

func (c *Categories) find(ctx context.Context, req generated.GetCategory, opts []CallOption) ([]Category, error) {
	resp, err := c.port.GetCategory(ctx, &req, opts...)
	if err != nil {
		return nil, err
	}
	return resp.List, nil
}

// Create makes a category and returns its id.
//
// Errors: ErrInvalidParameter if something is missing or wrong (inferred).
//
// Documentation: https://dev.trackunit.com/docs/category (operation CreateCategory)
func (c *Categories) Create(ctx context.Context, category CreateCategory, opts ...CallOption) (id string, err error) {
	resp, err := c.port.CreateCategory(ctx, &category, opts...)
	if err != nil {
		return "", err
	}
	return resp.ID.Value(), nil
}

// Update changes the members of a category that are set in update; the others stay as they are (inferred).
//
// Errors: ErrCategoryNotFound; ErrNoID if update.ID is empty.
//
// Documentation: https://dev.trackunit.com/docs/category (operation UpdateCategory)
func (c *Categories) Update(ctx context.Context, update UpdateCategory, opts ...CallOption) error {
	if err := needID("UpdateCategory", update.ID.Value()); err != nil {
		return err
	}
	_, err := c.port.UpdateCategory(ctx, &update, opts...)
	return err
}

// Delete deletes a category.
//
// Errors: ErrCategoryNotFound; ErrNoID if id is empty.
//
// Documentation: https://dev.trackunit.com/docs/category (operation DeleteCategory)
func (c *Categories) Delete(ctx context.Context, id string, opts ...CallOption) error {
	if err := needID("DeleteCategory", id); err != nil {
		return err
	}
	_, err := c.port.DeleteCategory(ctx, &generated.DeleteCategory{ID: Some(id)}, opts...)
	return err
}
